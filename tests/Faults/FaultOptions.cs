using System.Globalization;
using Stoa.Faults.Scripts;
using Stoa.Launcher;

namespace Stoa.Faults;

/// <summary>What a run is to do, as <c>./stoa faults</c> passes it on.</summary>
/// <param name="Seconds">How long faults strike.</param>
/// <param name="Seed">Of the random script and of what shoppers do.</param>
/// <param name="Script">A file of Scripts.</param>
/// <param name="Shoppers">How many shop at once.</param>
/// <param name="Patience">How long after the last fault an order may take to be final or to wait for its shopper; twice that, how long
/// the store may take to get over a fault.</param>
/// <param name="Postgres">On a PostgreSQL server of its own, two processes each of Orders and Payments.</param>
/// <param name="Report">The folder that the report is written to.</param>
public sealed record FaultOptions(int Seconds, int Seed, string Script, int Shoppers, TimeSpan Patience, bool Postgres, string Report)
{
    /// <summary>Every script, by name.</summary>
    public static IReadOnlyDictionary<string, Func<int, IScript>> Scripts { get; } = new Dictionary<string, Func<int, IScript>>(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(Anything)] = seed => new Anything(seed),
        [nameof(CutEveryLink)] = _ => new CutEveryLink(),
        [nameof(DiskFullUnderOrders)] = _ => new DiskFullUnderOrders(),
        [nameof(DiskFullUnderPayments)] = _ => new DiskFullUnderPayments(),
        [nameof(HalfOpenLinks)] = _ => new HalfOpenLinks(),
        [nameof(KillInventoryWhileItReserves)] = _ => new KillInventoryWhileItReserves(),
        [nameof(KillOrdersMidPurchase)] = _ => new KillOrdersMidPurchase(),
        [nameof(KillPaymentsWhileTheBankCharges)] = _ => new KillPaymentsWhileTheBankCharges(),
        [nameof(KillTheBank)] = _ => new KillTheBank(),
        [nameof(KillTheDatabase)] = _ => new KillTheDatabase(),
        [nameof(KillTheGateway)] = _ => new KillTheGateway(),
        [nameof(LoseTheAnswers)] = _ => new LoseTheAnswers(),
        [nameof(PauseOrdersPastItsLeases)] = _ => new PauseOrdersPastItsLeases(),
        [nameof(PausePaymentsPastTheDeadline)] = _ => new PausePaymentsPastTheDeadline(),
        [nameof(PowerCut)] = _ => new PowerCut(),
        [nameof(SlowInventory)] = _ => new SlowInventory(),
        [nameof(TheBankRefusesForAWhile)] = _ => new TheBankRefusesForAWhile(),
        [nameof(TheBankTimesOutAfterCharging)] = _ => new TheBankTimesOutAfterCharging(),
        [nameof(WebhooksGoAstray)] = _ => new WebhooksGoAstray(),
    };

    /// <summary>Reads <c>--name value</c> pairs, and <c>--postgres</c>.</summary>
    /// <exception cref="CannotGoOnException">An unknown name, a value that is none, a script that is not there.</exception>
    public static FaultOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new FaultOptions(60, 1, nameof(Anything), 64, TimeSpan.FromSeconds(60), Postgres: false, Path.Combine(Repository.Find().Artifacts, "faults"));
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == "--postgres")
            {
                options = options with { Postgres = true };
                continue;
            }

            var name = arguments[i];
            var value = ++i < arguments.Count ? arguments[i] : throw new CannotGoOnException($"{name} takes a value.");
            options = name switch
            {
                "--seconds" => options with { Seconds = Number(name, value, least: 1) },
                "--seed" => options with { Seed = Number(name, value, least: 0) },
                "--shoppers" => options with { Shoppers = Number(name, value, least: 1) },
                "--patience" => options with { Patience = TimeSpan.FromSeconds(Number(name, value, least: 1)) },
                "--script" => options with { Script = Known(value) },
                "--report" => options with { Report = value },
                _ => throw new CannotGoOnException($"There is no option {name}."),
            };
        }
        if (options.Script == nameof(KillTheDatabase) && !options.Postgres) throw new CannotGoOnException("KillTheDatabase needs --postgres.");
        if (options.Postgres && Scripts[options.Script](options.Seed).NeedsSmallDisk) throw new CannotGoOnException($"{options.Script} fills a service's own disk, which --postgres leaves empty.");
        return options;
    }

    private static int Number(string name, string value, int least) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new CannotGoOnException($"{name} takes a number from {least}, and not \"{value}\".");

    private static string Known(string name) => Scripts.Keys.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new CannotGoOnException($"There is no script \"{name}\". There are {string.Join(", ", Scripts.Keys)}.");
}
