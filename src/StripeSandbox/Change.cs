using System.Text.Json.Nodes;
using Stoa.Kernel;

namespace Stoa.StripeSandbox;

/// <summary>One change of the bank's record: its transaction, new ids, and the events it makes. Rows are read with a lock
/// and written only where they are still as they were read; a session is locked before its intent, an intent before its charge.</summary>
public sealed class Change(Transaction tx, Entropy entropy, SandboxOptions options, StripeCall? call)
{
    private int events;

    public Transaction Tx => tx;

    public DateTimeOffset Now => tx.Now;

    /// <summary>When a bank's late answer comes.</summary>
    public DateTimeOffset SettlesAt
    {
        get
        {
            Settles = true;
            return Now + options.SettlingDelay;
        }
    }

    public bool Told => events > 0;

    public bool Settles { get; private set; }

    public string NewId(string prefix, int length = 24) => StripeId.New(entropy, prefix, length);

    /// <summary>Where the cardholder is asked about an intent.</summary>
    public string AskPage(string intentId, string secret) => $"{options.PublicUrl}/sandbox/3ds/{intentId}?secret={secret}";

    public Task<CheckoutSession?> LockSession(string id) => tx.Find<CheckoutSession>("SELECT * FROM checkout_sessions WHERE id = @Id" + tx.Lock, new { Id = id });

    /// <summary>The session whose page made an intent.</summary>
    public Task<CheckoutSession?> LockSessionOf(string intentId) =>
        tx.Find<CheckoutSession>("SELECT * FROM checkout_sessions WHERE payment_intent = @intentId" + tx.Lock, new { intentId });

    public Task<PaymentIntent?> LockIntent(string id) => tx.Find<PaymentIntent>("SELECT * FROM payment_intents WHERE id = @Id" + tx.Lock, new { Id = id });

    public Task<Charge?> LockCharge(string id) => tx.Find<Charge>("SELECT * FROM charges WHERE id = @Id" + tx.Lock, new { Id = id });

    public Task<Refund?> LockRefund(string id) => tx.Find<Refund>("SELECT * FROM refunds WHERE id = @Id" + tx.Lock, new { Id = id });

    /// <summary>A stored method, or a new one of a test id, which <see cref="Keep"/> stores.</summary>
    public async Task<(PaymentMethod? Method, StripeError? Missing)> FindMethod(string id)
    {
        if (TestMethods.Find(id) is { } test) return (new PaymentMethod { Id = NewId("pm_"), CreatedAt = Now, TestId = test.Id }, null);
        var stored = await tx.Find<PaymentMethod>("SELECT * FROM payment_methods WHERE id = @Id", new { Id = id });
        return stored is null ? (null, StripeError.Missing("PaymentMethod", id, "payment_method", 400)) : (stored, null);
    }

    public Task<int> Keep(PaymentMethod method) => tx.Execute(
        "INSERT INTO payment_methods (id, created_at, test_id, used) VALUES (@Id, @CreatedAt, @TestId, @Used) ON CONFLICT (id) DO NOTHING", method);

    public Task<int> MarkUsed(PaymentMethod method) => tx.Execute("UPDATE payment_methods SET used = @Used WHERE id = @Id", new { Used = true, method.Id });

    public Task<int> Insert(PaymentIntent intent) => tx.Execute("""
        INSERT INTO payment_intents (id, created_at, version, status, amount, amount_received, currency, client_secret, description, metadata,
            payment_method, payment_method_types, allow_redirects, receipt_email, statement_descriptor, statement_descriptor_suffix,
            setup_future_usage, transfer_group)
        VALUES (@Id, @CreatedAt, @Version, @Status, @Amount, @AmountReceived, @Currency, @ClientSecret, @Description, @Metadata,
            @PaymentMethod, @PaymentMethodTypes, @AllowRedirects, @ReceiptEmail, @StatementDescriptor, @StatementDescriptorSuffix,
            @SetupFutureUsage, @TransferGroup)
        """, intent);

    /// <summary>Writes an intent's new state, if the row is still as <paramref name="read"/>.</summary>
    public async Task<PaymentIntent> Update(PaymentIntent read, PaymentIntent next)
    {
        next = next with { Version = read.Version + 1 };
        await tx.Expect(read.Id, """
            UPDATE payment_intents SET version = @Version, status = @Status, amount_received = @AmountReceived, payment_method = @PaymentMethod,
                latest_charge = @LatestCharge, last_payment_error = @LastPaymentError, next_action = @NextAction, action_secret = @ActionSecret,
                return_url = @ReturnUrl, receipt_email = @ReceiptEmail, canceled_at = @CanceledAt, cancellation_reason = @CancellationReason
            WHERE id = @Id AND version = @Version - 1 AND status NOT IN ('succeeded', 'canceled')
            """, next);
        return next;
    }

    public Task<int> Insert(CheckoutSession session) => tx.Execute("""
        INSERT INTO checkout_sessions (id, created_at, version, status, amount, currency, lines, url, success_url, cancel_url,
            client_reference_id, customer_email, metadata, intent_metadata, intent_description, expires_at)
        VALUES (@Id, @CreatedAt, @Version, @Status, @Amount, @Currency, @Lines, @Url, @SuccessUrl, @CancelUrl,
            @ClientReferenceId, @CustomerEmail, @Metadata, @IntentMetadata, @IntentDescription, @ExpiresAt)
        """, session);

    /// <summary>Writes a session's new state, if it is open and as <paramref name="read"/>.</summary>
    public async Task<CheckoutSession> Update(CheckoutSession read, CheckoutSession next)
    {
        next = next with { Version = read.Version + 1 };
        await tx.Expect(read.Id, """
            UPDATE checkout_sessions SET version = @Version, status = @Status, payment_intent = @PaymentIntent
            WHERE id = @Id AND version = @Version - 1 AND status = 'open'
            """, next);
        return next;
    }

    public async Task<Charge> Insert(Charge charge)
    {
        await tx.Execute("""
            INSERT INTO charges (id, created_at, payment_intent, payment_method, status, amount, amount_refunded, currency, description, metadata,
                receipt_email, statement_descriptor, statement_descriptor_suffix, transfer_group, payment_method_details, outcome,
                failure_code, failure_message, settles_at)
            VALUES (@Id, @CreatedAt, @PaymentIntent, @PaymentMethod, @Status, @Amount, @AmountRefunded, @Currency, @Description, @Metadata,
                @ReceiptEmail, @StatementDescriptor, @StatementDescriptorSuffix, @TransferGroup, @PaymentMethodDetails, @Outcome,
                @FailureCode, @FailureMessage, @SettlesAt)
            """, charge);
        return charge;
    }

    /// <summary>Ends a pending charge.</summary>
    public async Task<Charge> Settle(Charge charge, string status, Decline? decline)
    {
        var settled = charge with
        {
            Status = status,
            Outcome = Charge.OutcomeOf(decline, pending: true).ToJsonString(),
            FailureCode = decline?.Code,
            FailureMessage = decline?.Message,
            SettlesAt = null,
        };
        await tx.Expect(charge.Id, """
            UPDATE charges SET status = @Status, outcome = @Outcome, failure_code = @FailureCode, failure_message = @FailureMessage, settles_at = NULL
            WHERE id = @Id AND status = 'pending'
            """, settled);
        return settled;
    }

    /// <summary>Writes how much of a charge has gone back, if nobody else did since it was read.</summary>
    public async Task<Charge> UpdateRefunded(Charge charge, long amountRefunded)
    {
        await tx.Expect(charge.Id, "UPDATE charges SET amount_refunded = @Next WHERE id = @Id AND amount_refunded = @AmountRefunded AND amount >= @Next",
            new { charge.Id, charge.AmountRefunded, Next = amountRefunded });
        return charge with { AmountRefunded = amountRefunded };
    }

    public Task<int> Insert(Refund refund) => tx.Execute("""
        INSERT INTO refunds (id, created_at, charge, payment_intent, status, amount, currency, reason, metadata, failure_reason, settles_at, settles_as)
        VALUES (@Id, @CreatedAt, @Charge, @PaymentIntent, @Status, @Amount, @Currency, @Reason, @Metadata, @FailureReason, @SettlesAt, @SettlesAs)
        """, refund);

    /// <summary>Ends a refund's wait: it arrived, or it came back.</summary>
    public async Task<Refund> Settle(Refund refund, string status, string? failure)
    {
        var settled = refund with { Status = status, FailureReason = failure, SettlesAt = null, SettlesAs = null };
        await tx.Expect(refund.Id, """
            UPDATE refunds SET status = @Status, failure_reason = @FailureReason, settles_at = NULL, settles_as = NULL
            WHERE id = @Id AND settles_at IS NOT NULL
            """, settled);
        return settled;
    }

    /// <summary>Adds an event about an object as it now is, to be delivered once this change is committed, where the endpoint wants its like.</summary>
    public Task<int> Tell(string type, JsonObject about) => tx.Execute("""
        INSERT INTO events (id, created_at, ordinal, type, subject, data, request_id, idempotency_key, deliver_at, deliveries)
        VALUES (@Id, @CreatedAt, @Ordinal, @Type, @Subject, @Data, @RequestId, @IdempotencyKey, @DeliverAt, 0)
        """, new
    {
        Id = NewId("evt_"),
        CreatedAt = Now,
        Ordinal = ++events,
        Type = type,
        Subject = about["id"]!.GetValue<string>(),
        Data = new JsonObject { ["object"] = about.DeepClone() }.ToJsonString(),
        RequestId = call?.RequestId,
        IdempotencyKey = call?.IdempotencyKey,
        DeliverAt = options.Sends(type) ? Now : (DateTimeOffset?)null,
    });
}
