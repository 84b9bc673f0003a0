using Stoa.Contracts;
using Stoa.Kernel;

namespace Stoa.Kit;

/// <summary>A service that is nothing but its event log: says what a test tells it to say.</summary>
public static class Neighbour
{
    /// <summary>To start under a service's name: <c>("products", Neighbour.Log("products", holdsState: true))</c>.</summary>
    public static Build Log(string name, bool holdsState = false) => (args, seams) =>
    {
        var service = ServiceHost.Create(name, args, seams);
        service.AddDatabase(typeof(Neighbour).Assembly, holdsState);
        return service.Build();
    };

    /// <summary>Appends an event to a running service's log.</summary>
    public static Task Tell<T>(this TestStore store, string source, T happened) where T : IEvent => store.Get<Database>(source).Write(tx =>
    {
        tx.Append(happened);
        return Task.CompletedTask;
    });
}
