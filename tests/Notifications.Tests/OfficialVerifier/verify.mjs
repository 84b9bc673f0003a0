// The official library (npm standardwebhooks) on a delivery as its receiver got it. Started by OfficialVerifierTests with one JSON
// object on standard input: {secret, previous, other, headers, body}. The headers are signed with secret and previous.
import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';

const { secret, previous, other, headers, body } = JSON.parse(await text(process.stdin));
const refuses = (secret, body, headers) => assert.throws(() => new Webhook(secret).verify(body, headers), WebhookVerificationError);

assert.equal(new Webhook(secret).verify(body, headers).type, 'order.paid');
assert.equal(new Webhook(previous).verify(body, headers).type, 'order.paid');
refuses(other, body, headers);
refuses(secret, body.replace('order.paid', 'order.sent'), headers);
refuses(secret, body, { ...headers, 'webhook-id': 'another' });
refuses(secret, body, { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) - 3600) });
console.log('ok');
