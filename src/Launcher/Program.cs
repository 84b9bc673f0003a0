using System.CommandLine;
using System.CommandLine.Help;
using Stoa.Launcher;

var data = new Option<string>("--data") { Description = "The data folder of the store that is meant.", HelpName = "DIR", Recursive = true };
var port = new Option<int>("--port")
{
    Description = "Where the Gateway listens; 0 takes a free port.",
    HelpName = "N",
    DefaultValueFactory = _ => StoreOptions.UsualPort,
};
var listen = new Option<string>("--listen")
{
    Description = "The address where the Gateway listens; 0.0.0.0 for every address of this machine.",
    HelpName = "ADDRESS",
    DefaultValueFactory = _ => StoreOptions.Loopback,
};
var empty = new Option<bool>("--empty") { Description = "No demo catalogue." };
var scale = new Option<string[]>("--scale") { Description = "How many processes of a kind, for example storefront=2.", HelpName = "NAME=COUNT" };
var postgres = new Option<string?>("--postgres")
{
    Description = "A PostgreSQL server, and a role that may make databases and roles there; each service gets its own.",
    HelpName = "CONNECTION",
};
var config = new Option<string?>("--config") { Description = "A settings file that adds services of one's own.", HelpName = "FILE" };
port.Validators.Add(result =>
{
    if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, out var number) || number is < 0 or > 65535))
        result.AddError($"--port takes a number from 0 to 65535, and not \"{result.Tokens[0].Value}\".");
});

var json = new Option<bool>("--json") { Description = "An array of {name, pid, url, state, version, restarts}." };
var service = new Argument<string?>("service") { Description = "One of the processes; all when left out.", Arity = ArgumentArity.ZeroOrOne };
var follow = new Option<bool>("--follow", "-f") { Description = "Go on printing as lines come." };
var lines = new Option<int>("--lines", "-n") { Description = "How many of the last lines.", DefaultValueFactory = _ => 100 };
var asked = new Argument<string>("service") { Description = "One of the processes." };
var path = new Argument<string>("path") { Description = "What stands under /internal, for example subscriptions." };
var post = new Option<bool>("--post") { Description = "Act instead of reading." };
var file = new Argument<string>("file") { Description = "A product CSV, as Shopify exports it." };
var filter = new Option<string?>("--filter") { Description = "Which tests, as `dotnet test --filter` takes it.", HelpName = "EXPRESSION" };
var auditJson = new Option<bool>("--json") { Description = "The table as JSON." };
var journal = new Option<string?>("--journal") { Description = "What a load generator was acknowledged: JSON lines.", HelpName = "FILE" };
var settle = new Option<int>("--settle") { Description = "How long what looks wrong may take to come right.", HelpName = "SECONDS", DefaultValueFactory = _ => 60 };
var engine = new Option<string?>("--engine") { Description = "On one engine alone: sqlite or postgres.", HelpName = "ENGINE" };
engine.AcceptOnlyFromAmong(Test.Engines);
var seconds = new Option<int>("--seconds") { Description = "How long faults strike.", HelpName = "N", DefaultValueFactory = _ => 60 };
var seed = new Option<int>("--seed") { Description = "What chance begins with.", HelpName = "S", DefaultValueFactory = _ => 1 };
var patience = new Option<int>("--patience") { Description = "How long the store may take to settle after the last fault; more on a machine that is busy with other things.", HelpName = "SECONDS", DefaultValueFactory = _ => 60 };
var script = new Option<string?>("--script") { Description = "A file of tests/Faults/Scripts, for example KillOrdersMidPurchase; the random one when left out.", HelpName = "NAME" };

var number = new Argument<string>("number") { Description = "The order's number, as people read it." };
var action = new Argument<string[]>("action") { Description = "Nothing, to look; or: ship CARRIER TRACKING, deliver, cancel, refund [AMOUNT].", Arity = ArgumentArity.ZeroOrMore };
var days = new Option<int>("--days") { Description = "How far back.", HelpName = "N", DefaultValueFactory = _ => 30 };
var reconcileJson = new Option<bool>("--json") { Description = "The report as JSON." };
var onPostgres = new Option<bool>("--postgres") { Description = "On a PostgreSQL server of its own, which is killed too." };
var seeds = new Option<int>("--seeds") { Description = "How many seeds, one after another.", HelpName = "N", DefaultValueFactory = _ => 100 };
var trace = new Option<bool>("--trace") { Description = "Print every decision." };
var twice = new Option<int?>("--twice") { Description = "Run the first N seeds, or all, twice and compare what was decided.", HelpName = "N", Arity = ArgumentArity.ZeroOrOne };
var whole = new Option<bool>("--whole") { Description = "Fail where a state, a boundary or a trouble was never reached." };
var sabotages = new Option<bool>("--sabotages") { Description = "Break the store's rules one by one in a copy of the sources, and see each caught." };
var record = new Option<bool>("--record") { Description = "With --sabotages: write docs/sabotages.md." };

var root = new Command("stoa", "Stoa: an online store made of small services.") { data, new HelpOption(), new VersionOption() };
Add("up", "Builds and starts the store, and keeps it running until Ctrl-C.", [port, listen, empty, scale, postgres, config],
    (parsed, stop) => Up.Run(new StoreOptions(Folder(parsed), parsed.GetValue(port), parsed.GetValue(listen)!, parsed.GetValue(empty), parsed.GetValue(scale) ?? [])
    { Postgres = parsed.GetValue(postgres), Config = parsed.GetValue(config) }, stop));
Add("demo", "Walks through a purchase, on the store that runs or on a temporary one.", [postgres],
    (parsed, stop) => Demo.Run(Folder(parsed), parsed.GetValue(postgres), stop));
Add("status", "Says what runs.", [json],
    (parsed, stop) => Status.Run(Folder(parsed), parsed.GetValue(json), stop));
Add("logs", "Prints what the processes wrote last.", [service, follow, lines],
    (parsed, stop) => Logs.Run(Folder(parsed), parsed.GetValue(service), parsed.GetValue(lines), parsed.GetValue(follow), stop));
Add("ask", "Asks a service under /internal, for example: ask orders dead-letters.", [asked, path, post],
    (parsed, stop) => Ask.Run(Folder(parsed), parsed.GetValue(asked)!, parsed.GetValue(path)!, parsed.GetValue(post), stop));
Add("audit", "Checks that nothing is lost, charged twice or oversold: on the store that runs, or on a data folder alone.", [auditJson, journal, settle],
    (parsed, stop) => AuditStore.Run(Folder(parsed), parsed.GetValue(auditJson), parsed.GetValue(journal), TimeSpan.FromSeconds(parsed.GetValue(settle)), stop));
Add("order", "Shows an order, or ships it, delivers it, calls it off or gives money back, as staff.", [number, action],
    (parsed, stop) => WorkOnOrder.Run(Folder(parsed), parsed.GetValue(number)!, parsed.GetValue(action) ?? [], stop));
Add("reconcile", "Compares the books with the payment provider's, and puts right what has one right answer.", [days, reconcileJson],
    (parsed, stop) => Reconcile.Run(Folder(parsed), parsed.GetValue(days), parsed.GetValue(reconcileJson), stop));
Add("import", "Brings the products of a CSV file into the running store; sent again, it changes nothing.", [file],
    (parsed, stop) => CatalogueFile.Import(Folder(parsed), parsed.GetValue(file)!, stop));
Add("export", "Writes the running store's products to a CSV file that import takes.", [file],
    (parsed, stop) => CatalogueFile.Export(Folder(parsed), parsed.GetValue(file)!, stop));
Add("simulate", "Runs all services in one process over a network, a clock and a provider that go wrong by seeds; then the audit.", [seeds, seed, trace, twice, whole, sabotages, record],
    (parsed, stop) => Simulate.Run(parsed.GetValue(seeds), parsed.GetValue(seed),
        [.. new[] { trace, whole, sabotages, record }.Where(option => parsed.GetValue(option)).Select(option => option.Name), .. Twice(parsed)], stop));
Add("down", "Ends the store that runs.", [],
    (parsed, stop) => Down.Run(Folder(parsed), stop));
Add("hello", "Starts the two samples, greets and says goodbye.", [],
    (_, stop) => Hello.Run(stop));
Add("bench", "Measures the store against what this machine can do; `./stoa bench -- --help` names its options.", [],
    (parsed, stop) => Bench.Run(parsed.UnmatchedTokens, stop)).TreatUnmatchedTokensAsErrors = false;
Add("test", "Builds everything and runs every test, those of services with data on both engines.", [filter, engine],
    (parsed, stop) => Test.Run(parsed.GetValue(filter), parsed.GetValue(engine), stop));
Add("faults", "Breaks a temporary store under shoppers in every way it knows, and holds it to what it promised.", [seconds, seed, script, patience, onPostgres],
    (parsed, stop) => Faults.Run(parsed.GetValue(seconds), parsed.GetValue(seed), parsed.GetValue(script), parsed.GetValue(patience), parsed.GetValue(onPostgres), stop));

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine($"See ./stoa {string.Join(' ', parsed.CommandResult.Command == root ? [] : new[] { parsed.CommandResult.Command.Name }.Append(""))}--help.");
    return 2;
}

Screen.Prepare();
using var signals = new StopSignals();
try
{
    // Our own signals: the library's would end us after two seconds, with the processes still running.
    return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false }, signals.Token);
}
catch (CannotGoOnException why)
{
    Console.Error.WriteLine(why.Message);
    return 1;
}
catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
{
    return 130;
}

DataFolder Folder(ParseResult parsed) => new(parsed.GetValue(data) ?? Path.Combine(Repository.Find().Root, "data"));

string[] Twice(ParseResult parsed) => parsed.GetResult(twice) is null ? [] : [twice.Name, .. parsed.GetValue(twice) is { } most ? new[] { $"{most}" } : []];

Command Add(string name, string description, IEnumerable<Symbol> symbols, Func<ParseResult, CancellationToken, Task<int>> run)
{
    var command = new Command(name, description);
    foreach (var symbol in symbols)
    {
        if (symbol is Option option) command.Options.Add(option);
        if (symbol is Argument argument) command.Arguments.Add(argument);
    }
    command.SetAction(run);
    root.Subcommands.Add(command);
    return command;
}
