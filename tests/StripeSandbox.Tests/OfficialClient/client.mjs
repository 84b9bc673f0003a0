// Stripe's official client against the sandbox. Started by OfficialClientTests with SANDBOX_URL, SANDBOX_KEY, WEBHOOK_SECRET and,
// as lines on standard input, one webhook as the endpoint received it: its signature, then its body in base64.
import assert from 'node:assert/strict';
import { createInterface } from 'node:readline';
import Stripe from 'stripe';

const { hostname, port } = new URL(process.env.SANDBOX_URL);
const at = key => new Stripe(key, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
const stripe = at(process.env.SANDBOX_KEY);
const cards = { amount: 2000, currency: 'usd', payment_method_types: ['card'] };
const refused = async (promise, type, fields) => {
  const error = await promise.then(() => assert.fail(`expected ${type}`), one => one);
  assert.ok(error instanceof Stripe.errors[type], `expected ${type}, got ${error.type}: ${error.message}`);
  for (const [name, value] of Object.entries(fields)) assert.equal(error[name], value, name);
  return error;
};

const scenarios = {
  async 'creates, retrieves, confirms and expands'() {
    const made = await stripe.paymentIntents.create({ ...cards, metadata: { order: '7' }, description: 'Order 7' });
    assert.equal(made.status, 'requires_payment_method');
    assert.equal((await stripe.paymentIntents.retrieve(made.id)).metadata.order, '7');
    const paid = await stripe.paymentIntents.confirm(made.id, { payment_method: 'pm_card_visa', expand: ['latest_charge', 'payment_method'] });
    assert.equal(paid.status, 'succeeded');
    assert.equal(paid.latest_charge.payment_method_details.card.last4, '4242');
    assert.equal(paid.payment_method.card.brand, 'visa');
    assert.equal((await stripe.charges.retrieve(paid.latest_charge.id)).amount, 2000);
  },

  async 'tells errors by type'() {
    const { id } = await stripe.paymentIntents.create(cards);
    const declined = await refused(stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa_chargeDeclinedInsufficientFunds' }),
      'StripeCardError', { statusCode: 402, code: 'card_declined', decline_code: 'insufficient_funds' });
    assert.equal(declined.payment_intent.status, 'requires_payment_method');
    assert.match(declined.charge, /^ch_/);
    assert.match(declined.requestId, /^req_/);
    await refused(stripe.paymentIntents.create({ amount: 2000 }), 'StripeInvalidRequestError', { statusCode: 400, code: 'parameter_missing', param: 'currency' });
    await refused(stripe.paymentIntents.retrieve('pi_nobody'), 'StripeInvalidRequestError', { statusCode: 404, code: 'resource_missing', param: 'intent' });
    await refused(at('sk_test_of_somebody_else').paymentIntents.list(), 'StripeAuthenticationError', { statusCode: 401 });
    await stripe.rawRequest('POST', '/v1/test_helpers/stoa/faults', { on: 'GET /v1/payment_intents/{id}', answer: '429' });
    await refused(stripe.paymentIntents.retrieve(id), 'StripeRateLimitError', { statusCode: 429 });
    await stripe.rawRequest('POST', '/v1/test_helpers/stoa/faults', { on: 'GET /v1/payment_intents/{id}', answer: '500' });
    await refused(stripe.paymentIntents.retrieve(id), 'StripeAPIError', { statusCode: 500 });
    await stripe.rawRequest('POST', '/v1/test_helpers/stoa/faults', { on: 'GET /v1/payment_intents/{id}', answer: 'reset', times: 2 });
    await refused(stripe.paymentIntents.retrieve(id), 'StripeConnectionError', {});
  },

  async 'replays by idempotency key'() {
    const key = { idempotencyKey: 'official-1' };
    const first = await stripe.paymentIntents.create({ ...cards, payment_method: 'pm_card_visa', confirm: true }, key);
    const second = await stripe.paymentIntents.create({ ...cards, payment_method: 'pm_card_visa', confirm: true }, key);
    assert.equal(second.id, first.id);
    assert.equal(second.lastResponse.headers['idempotent-replayed'], 'true');
    await refused(stripe.paymentIntents.create({ ...cards, amount: 2001 }, key), 'StripeIdempotencyError', { statusCode: 400 });
    assert.equal((await stripe.charges.list({ payment_intent: first.id })).data.length, 1);
  },

  async 'repeats by itself after a cut connection, and pays once'() {
    const patient = new Stripe(process.env.SANDBOX_KEY, { host: hostname, port, protocol: 'http', maxNetworkRetries: 2, telemetry: false });
    const { id } = await stripe.paymentIntents.create(cards);
    await stripe.rawRequest('POST', '/v1/test_helpers/stoa/faults', { on: 'POST /v1/payment_intents/{id}/confirm', when: 'after', answer: 'reset' });
    assert.equal((await patient.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })).status, 'succeeded');
    assert.equal((await stripe.charges.list({ payment_intent: id })).data.length, 1);
  },

  async 'lists all by itself, page after page'() {
    const made = [];
    for (let i = 0; i < 12; i++) made.unshift((await stripe.paymentIntents.create(cards)).id);
    const seen = [];
    for await (const intent of stripe.paymentIntents.list({ limit: 5 })) seen.push(intent.id);
    assert.deepEqual(seen.filter(id => made.includes(id)), made);
    assert.equal(new Set(seen).size, seen.length);
    assert.deepEqual((await stripe.paymentIntents.list({ limit: 3 }).autoPagingToArray({ limit: 7 })).map(one => one.id), seen.slice(0, 7));
  },

  async 'cancels'() {
    const { id } = await stripe.paymentIntents.create(cards);
    assert.equal((await stripe.paymentIntents.cancel(id, { cancellation_reason: 'abandoned' })).status, 'canceled');
    await refused(stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' }), 'StripeInvalidRequestError', { code: 'payment_intent_unexpected_state' });
  },

  async 'refunds in part and no more than was paid'() {
    const { id } = await stripe.paymentIntents.create({ ...cards, payment_method: 'pm_card_mastercard', confirm: true });
    const refund = await stripe.refunds.create({ payment_intent: id, amount: 500, reason: 'requested_by_customer', metadata: { refund: 'r1' } });
    assert.equal((await stripe.refunds.retrieve(refund.id)).metadata.refund, 'r1');
    await refused(stripe.refunds.create({ payment_intent: id, amount: 1501 }), 'StripeInvalidRequestError', { param: 'amount' });
    await stripe.refunds.create({ payment_intent: id });
    assert.equal((await stripe.refunds.list({ payment_intent: id })).data.length, 2);
    await refused(stripe.refunds.create({ payment_intent: id }), 'StripeInvalidRequestError', { code: 'charge_already_refunded' });
  },

  async 'reads events'() {
    const { data } = await stripe.events.list({ types: ['charge.refunded'], limit: 1 });
    assert.equal(data[0].data.object.object, 'charge');
    assert.equal((await stripe.events.retrieve(data[0].id)).id, data[0].id);
  },

  async 'verifies a webhook, and not a changed one'() {
    const lines = [];
    for await (const line of createInterface({ input: process.stdin })) lines.push(line);
    const body = Buffer.from(lines[1], 'base64').toString();
    assert.equal(stripe.webhooks.constructEvent(body, lines[0], process.env.WEBHOOK_SECRET).object, 'event');
    assert.throws(() => stripe.webhooks.constructEvent(body + ' ', lines[0], process.env.WEBHOOK_SECRET), Stripe.errors.StripeSignatureVerificationError);
    assert.throws(() => stripe.webhooks.constructEvent(body, lines[0], 'whsec_other'), Stripe.errors.StripeSignatureVerificationError);
  },
};

for (const [name, run] of Object.entries(scenarios)) {
  await run();
  console.log(`ok ${name}`);
}
