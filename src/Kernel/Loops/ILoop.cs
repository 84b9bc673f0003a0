namespace Stoa.Kernel;

/// <summary>Work that goes on in the background, one step at a time, so that a simulation can take the steps itself (X1).</summary>
public interface ILoop
{
    /// <summary>Names the loop in logs, metrics and <see cref="LoopRegistry"/>.</summary>
    string Name { get; }

    /// <summary>Does what is due. A fault is logged and followed by a wait that grows to 15 s; the loop never ends by it.</summary>
    /// <param name="stop">The service is stopping.</param>
    /// <returns>How long to wait for the next step unless woken; zero for at once.</returns>
    Task<TimeSpan> Step(CancellationToken stop);
}
