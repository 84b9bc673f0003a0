namespace Stoa.Simulation;

/// <summary>What goes wrong in one run, and how often: drawn from the seed, so that some runs know one trouble alone and
/// others all of them. After <see cref="End"/> nothing goes wrong any more.</summary>
internal sealed class Troubles
{
    private const int MostDeaths = 14;

    private readonly Chance _chance;
    private readonly Coverage _coverage;
    private readonly Chance _slowness;
    private readonly double _loses;
    private readonly double _repeats;
    private readonly double _delays;
    private readonly double _kills;
    private readonly double _provider;
    private readonly Chance _webhooks;
    private readonly double _delaysWebhooks;
    private readonly double _losesWebhooks;
    private int _deaths;
    private bool _over;

    public Troubles(Chance chance, Coverage coverage)
    {
        (_chance, _coverage) = (chance, coverage);
        _slowness = chance.Beside(0);
        _webhooks = chance.Beside(1);
        _loses = chance.Of(0, 0.01, 0.05);
        _repeats = chance.Of(0, 0.02, 0.1);
        _delays = chance.Of(0, 0.02, 0.08);
        _kills = chance.Of(0, 0.0012, 0.004);
        _provider = chance.Of(0, 0.03, 0.15);
        Jumps = chance.Of(0, 0, 0, 1, 2);
        FullDisks = chance.Of(0, 0, 1, 3);
        Poisonings = chance.Of(0, 0, 1, 2);
        Slownesses = _slowness.Of(0, 1, 2);
        _delaysWebhooks = _webhooks.Of(0, 0.3, 0.6);
        // Old payments are looked at every few minutes only: after a jump of the clock, what no webhook tells is not known at the end.
        _losesWebhooks = Jumps == 0 ? _webhooks.Of(0, 0.1, 0.5) : 0;
    }

    /// <summary>How often the clock jumps.</summary>
    public int Jumps { get; }

    /// <summary>How often a service's disk is full for a while.</summary>
    public int FullDisks { get; }

    /// <summary>How often a handler of events fails for a while.</summary>
    public int Poisonings { get; }

    /// <summary>How often a service answers late for a while, so late that its callers give up now and then.</summary>
    public int Slownesses { get; }

    /// <summary>The service that is slow; null: none.</summary>
    public string? Slow { get; private set; }

    /// <summary>The service that an operator has work on, and which dies over it more often than others; null: none.</summary>
    public string? Shaky { get; set; }

    public void End() => _over = true;

    /// <summary>Makes services slow, one after the other.</summary>
    public async Task PlaySlownesses(TimeProvider clock, Action<string> note)
    {
        for (var time = 0; time < Slownesses; time++)
        {
            await Task.Delay(_slowness.Wait(1, 12), clock);
            Slow = _slowness.Of("inventory", "inventory", "payments", "orders");
            note($"{Slow} is slow");
            _coverage.Reach("slow: " + Slow);
            await Task.Delay(_slowness.Wait(2, 8), clock);
            Slow = null;
        }
    }

    /// <summary>Whether the service dies here: before or after a commit, before a call, or after its answer.</summary>
    public bool Kills(string service, string boundary)
    {
        _coverage.Reach($"boundary: {service} {boundary}");
        if (_over || _deaths >= MostDeaths || !_chance.Happens(service == Shaky ? 0.1 : _kills)) return false;
        _deaths++;
        _coverage.Reach($"death: {service} {boundary}");
        return true;
    }

    /// <summary>What becomes of a call.</summary>
    /// <param name="link"><c>shopper</c>, <c>service</c>, <c>provider</c> or <c>webhook</c>.</param>
    /// <param name="target">Who is called.</param>
    public Fate Of(string link, string target)
    {
        var there = _chance.Wait(0.0002, 0.004);
        var back = _chance.Wait(0.0002, 0.004);
        if (_over) return new Fate(there, back, Loss.None, null);
        if (Strikes(_delays, link, "late request")) there = _chance.Wait(0.05, 6);
        if (Strikes(_delays, link, "late answer")) back = _chance.Wait(0.05, 6);
        var isSlow = target == Slow && link == "service";
        if (isSlow && _slowness.Happens(0.5)) there = _slowness.Wait(0.5, 8);
        else if (isSlow) back = _slowness.Wait(0.5, 4);
        var loss = Strikes(_loses, link, "lost request") ? Loss.Request : Strikes(_loses, link, "lost answer") ? Loss.Answer
            : Strikes(_loses / 2, link, "silence") ? Loss.Silence : Strikes(_loses / 2, link, "silence after the effect") ? Loss.SilentAnswer : Loss.None;
        TimeSpan? repeated = Strikes(_repeats, link, "repeated") ? _chance.Wait(0.0002, 8) : null;
        return new Fate(there, back, loss, repeated, ArrivesAllTheSame: isSlow);
    }

    /// <summary>What the provider itself does wrong with a call, if anything; see the sandbox's Faults.</summary>
    public StripeSandbox.Faults.Fault? OfProvider()
    {
        if (_over || !_chance.Happens(_provider)) return null;
        var (name, fault) = _chance.Of<(string, StripeSandbox.Faults.Fault)>(
            ("500 before the effect", new(null, false, "500", Kept: false, TimeSpan.Zero)),
            ("500 after the effect", new(null, true, "500", Kept: false, TimeSpan.Zero)),
            ("500 that its key keeps", new(null, false, "500", Kept: true, TimeSpan.Zero)),
            ("429", new(null, false, "429", Kept: false, TimeSpan.Zero)),
            ("time-out after charging", new(null, true, "hang", Kept: false, TimeSpan.FromSeconds(60))));
        _coverage.Reach("provider: " + name);
        return fault;
    }

    /// <summary>Whether the provider loses its word of the next success for ever.</summary>
    public bool LosesWebhook()
    {
        if (_over || !_webhooks.Happens(_losesWebhooks)) return false;
        _coverage.Reach("provider: loses a webhook");
        return true;
    }

    /// <summary>Of which outcome the provider tells late, when it tells of it next, and how late; null: of none.</summary>
    public (string Type, TimeSpan By)? DelaysWebhook()
    {
        if (_over || !_webhooks.Happens(_delaysWebhooks)) return null;
        _coverage.Reach("provider: sends a webhook late");
        return (_webhooks.Of("payment_intent.payment_failed", "payment_intent.succeeded"), _webhooks.Wait(0.5, 7));
    }

    /// <summary>What came about on a link by itself.</summary>
    public void Saw(string happened, string link) => _coverage.Reach($"network: {happened}, {link}");

    private bool Strikes(double probability, string link, string name)
    {
        if (!_chance.Happens(probability)) return false;
        _coverage.Reach($"network: {name}, {link}");
        return true;
    }
}

internal enum Loss
{
    None,
    /// <summary>The connection breaks before the request arrives.</summary>
    Request,
    /// <summary>It has its effect, and the connection breaks.</summary>
    Answer,
    /// <summary>It is swallowed, and nothing is ever heard.</summary>
    Silence,
    /// <summary>It has its effect, and nothing is ever heard.</summary>
    SilentAnswer,
}

/// <summary>What becomes of a call.</summary>
/// <param name="Repeated">When it arrives a second time; null: it does not.</param>
/// <param name="ArrivesAllTheSame">Also when its caller has hung up: something in between does not pass that on.</param>
internal sealed record Fate(TimeSpan There, TimeSpan Back, Loss Loss, TimeSpan? Repeated, bool ArrivesAllTheSame = false);
