using Spectre.Console;
using Stoa.Supervision;

namespace Stoa.Launcher;

/// <summary>Builds, starts, fills and keeps a store, until it is asked to end.</summary>
public static class Up
{
    public static async Task<int> Run(StoreOptions options, CancellationToken stop)
    {
        var repository = Repository.Find();
        try
        {
            await using var store = await StartStore.Run(options, repository, stop);
            Say(store);
            using var down = WhenToldDown(options.Data, stop, out var ended);
            await Task.Delay(Timeout.Infinite, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Console.WriteLine("Ending…");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Console.WriteLine("Ended before it was ready.");
            return 0;
        }
        Console.WriteLine("Ended.");
        return 0;
    }

    private static void Say(Store store)
    {
        Console.WriteLine();
        Console.WriteLine($"The shop        {store.PublicUrl}");
        Console.WriteLine($"The back office {new Uri(store.PublicUrl, "/admin")}");
        Console.WriteLine($"The API docs    {new Uri(store.PublicUrl, "/docs")}");
        if (store.Staff.IsNew)
            Console.WriteLine($"Staff account   {store.Staff.Email} with password {store.Staff.Password} (kept in {store.StaffFile})");
        Console.WriteLine("Ctrl-C ends it.");
    }

    private static CancellationTokenSource WhenToldDown(DataFolder data, CancellationToken stop, out CancellationToken ended)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(stop);
        ended = source.Token;
        if (Down.WaitHandle(data) is { } handle)
            ThreadPool.RegisterWaitForSingleObject(handle, (_, _) => source.Cancel(), null, Timeout.Infinite, executeOnlyOnce: true);
        return source;
    }
}
