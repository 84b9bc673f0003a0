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

  async 'opens, reads, lists, expires and sees paid a checkout session'() {
    const wanted = {
      mode: 'payment', success_url: 'https://shop.example/back', cancel_url: 'https://shop.example/away', client_reference_id: '7', metadata: { order: '7' },
      payment_method_types: ['card'], payment_intent_data: { metadata: { order: '7' }, description: 'Order 7' },
      line_items: [{ quantity: 1, price_data: { currency: 'usd', unit_amount: 2000, product_data: { name: 'Order 7' } } }],
    };
    const pay = (session, method) => fetch(`http://${hostname}:${port}${new URL(session.url).pathname}`,
      { method: 'POST', body: new URLSearchParams({ method }), redirect: 'manual' });
    const first = await stripe.checkout.sessions.create(wanted, { idempotencyKey: 'official-session' });
    assert.equal((await stripe.checkout.sessions.create(wanted, { idempotencyKey: 'official-session' })).id, first.id);
    assert.deepEqual([first.object, first.status, first.payment_status, first.amount_total, first.payment_intent], ['checkout.session', 'open', 'unpaid', 2000, null]);
    const expired = await stripe.checkout.sessions.expire(first.id);
    assert.deepEqual([expired.status, expired.url], ['expired', null]);
    await refused(stripe.checkout.sessions.expire(first.id), 'StripeInvalidRequestError', { statusCode: 400 });

    const second = await stripe.checkout.sessions.create(wanted);
    assert.equal((await pay(second, 'pm_card_visa_chargeDeclined')).headers.get('location'), second.url);
    assert.equal((await pay(second, 'pm_card_visa')).headers.get('location'), 'https://shop.example/back');
    const paid = await stripe.checkout.sessions.retrieve(second.id, { expand: ['payment_intent.latest_charge'] });
    assert.deepEqual([paid.status, paid.payment_status, paid.payment_intent.status, paid.payment_intent.latest_charge.amount_captured, paid.payment_intent.metadata.order],
      ['complete', 'paid', 'succeeded', 2000, '7']);
    assert.deepEqual((await stripe.checkout.sessions.list({ payment_intent: paid.payment_intent.id })).data.map(one => one.id), [second.id]);
    await refused(stripe.checkout.sessions.expire(second.id), 'StripeInvalidRequestError', { statusCode: 400 });
    await refused(stripe.checkout.sessions.retrieve('cs_nobody'), 'StripeInvalidRequestError', { statusCode: 404, code: 'resource_missing' });
    const told = await stripe.events.list({ types: ['checkout.session.completed', 'checkout.session.expired'], limit: 100 });
    assert.deepEqual(told.data.filter(one => [first.id, second.id].includes(one.data.object.id)).map(one => one.type), ['checkout.session.completed', 'checkout.session.expired']);
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

  async 'follows a refund that takes its time, and one that comes back'() {
    const paid = async method => (await stripe.paymentIntents.create({ ...cards, payment_method: method, confirm: true })).id;
    const settled = async (id, status) => {
      for (let refund = await stripe.refunds.retrieve(id); ; refund = await stripe.refunds.retrieve(id)) {
        if (refund.status === status) return refund;
        await new Promise(resolve => setTimeout(resolve, 50));
      }
    };
    const slow = await paid('pm_card_pendingRefund');
    const pending = await stripe.refunds.create({ payment_intent: slow, expand: ['charge', 'payment_intent'] });
    assert.deepEqual([pending.status, pending.pending_reason, pending.charge.amount_refunded, pending.payment_intent.id], ['pending', 'processing', 2000, slow]);
    await refused(stripe.refunds.create({ payment_intent: slow, amount: 1 }), 'StripeInvalidRequestError', { code: 'charge_already_refunded' });
    assert.equal((await settled(pending.id, 'succeeded')).pending_reason, undefined);

    const bounced = await stripe.refunds.create({ payment_intent: await paid('pm_card_refundFail'), expand: ['charge'] });
    assert.deepEqual([bounced.status, bounced.charge.refunded], ['succeeded', true]);
    assert.equal((await settled(bounced.id, 'failed')).failure_reason, 'expired_or_canceled_card');
    assert.deepEqual([(await stripe.charges.retrieve(bounced.charge.id)).amount_refunded, (await stripe.charges.retrieve(bounced.charge.id)).refunded], [0, false]);
    const told = await stripe.events.list({ types: ['refund.created', 'refund.updated', 'refund.failed'], limit: 100 }).autoPagingToArray({ limit: 500 });
    const of = id => told.filter(one => one.data.object.id === id).map(one => one.type).reverse();
    assert.deepEqual([of(pending.id), of(bounced.id)], [['refund.created', 'refund.updated'], ['refund.created', 'refund.updated', 'refund.failed']]);
  },

  async 'lists refunds, charges and events page after page, by time and by intent'() {
    const { id, latest_charge, created } = await stripe.paymentIntents.create({ ...cards, payment_method: 'pm_card_visa', confirm: true });
    const made = [];
    for (let i = 0; i < 5; i++) made.unshift((await stripe.refunds.create({ payment_intent: id, amount: 100 })).id);
    const ids = async list => { const all = []; for await (const one of list) all.push(one.id); return all; };
    assert.deepEqual(await ids(stripe.refunds.list({ payment_intent: id, limit: 2 })), made);
    assert.deepEqual(await ids(stripe.refunds.list({ charge: latest_charge, limit: 3 })), made);
    assert.deepEqual((await ids(stripe.refunds.list({ created: { gte: created }, limit: 2 }))).filter(one => made.includes(one)), made);
    assert.deepEqual(await ids(stripe.refunds.list({ created: { gt: created + 3600 } })), []);
    assert.deepEqual(await ids(stripe.charges.list({ payment_intent: id, limit: 1 })), [latest_charge]);
    const listed = (await stripe.paymentIntents.list({ created: { gte: created }, expand: ['data.latest_charge'], limit: 100 })).data.find(one => one.id === id);
    assert.deepEqual([listed.latest_charge.amount_captured, listed.latest_charge.amount_refunded], [2000, 500]);
    assert.equal(new Set(await ids(stripe.events.list({ type: 'refund.created', limit: 2 }))).size >= 5, true);
  },

  async 'replays a refund by idempotency key, also behind a cut connection'() {
    const patient = new Stripe(process.env.SANDBOX_KEY, { host: hostname, port, protocol: 'http', maxNetworkRetries: 2, telemetry: false });
    const { id } = await stripe.paymentIntents.create({ ...cards, payment_method: 'pm_card_visa', confirm: true });
    await stripe.rawRequest('POST', '/v1/test_helpers/stoa/faults', { on: 'POST /v1/refunds', when: 'after', answer: 'reset' });
    const first = await patient.refunds.create({ payment_intent: id, amount: 700 }, { idempotencyKey: 'official-refund' });
    const second = await stripe.refunds.create({ payment_intent: id, amount: 700 }, { idempotencyKey: 'official-refund' });
    assert.equal(second.id, first.id);
    await refused(stripe.refunds.create({ payment_intent: id, amount: 701 }, { idempotencyKey: 'official-refund' }), 'StripeIdempotencyError', { statusCode: 400 });
    assert.equal((await stripe.refunds.list({ payment_intent: id })).data.length, 1);
  },

  async 'asks the cardholder, and pays a debit later'() {
    const asked = await stripe.paymentIntents.create({ ...cards, payment_method: 'pm_card_authenticationRequired', confirm: true, return_url: 'https://shop.example/back' });
    assert.deepEqual([asked.status, asked.next_action.type, asked.next_action.redirect_to_url.return_url], ['requires_action', 'redirect_to_url', 'https://shop.example/back']);
    assert.equal((await stripe.paymentIntents.cancel(asked.id)).status, 'canceled');
    const debit = await stripe.paymentIntents.create({ ...cards, payment_method_types: ['us_bank_account'], payment_method: 'pm_usBankAccount_success', confirm: true });
    assert.equal(debit.status, 'processing');
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
