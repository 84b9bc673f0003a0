// The store's own processes, under shoppers, while things break. `./stoa faults` starts it:
//   Faults [--seconds N] [--seed S] [--script NAME] [--shoppers N] [--postgres] [--report DIR]
// Exit code 0: nothing that must not be has been seen; 1: something has, or the run could not be made; 130: interrupted.

using System.Runtime.InteropServices;
using Stoa.Faults;
using Stoa.Launcher;

using var ended = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
try
{
    var report = await new FaultRun(FaultOptions.Parse(args), Console.WriteLine, ended.Token).Run();
    Console.WriteLine($"\n{report.Markdown()}\nWritten to {report.Write()} and .json.");
    return report.Violations.Count == 0 ? 0 : 1;
}
catch (CannotGoOnException why)
{
    Console.Error.WriteLine(why.Message);
    return 1;
}
catch (OperationCanceledException) when (ended.IsCancellationRequested)
{
    return 130;
}

void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    ended.Cancel();
}
