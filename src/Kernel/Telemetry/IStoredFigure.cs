namespace Stoa.Kernel;

/// <summary>A figure that lies in the database: read whenever somebody asks for <c>/metrics</c>, so that it costs nothing
/// between. Add it with <see cref="ServiceBuilder.AddFigure{T}"/>.</summary>
public interface IStoredFigure
{
    /// <summary>Reads it and records it in a gauge.</summary>
    /// <exception cref="UnavailableException">The database is away: the gauge keeps what it had, and <c>stoa_ready</c> is 0.</exception>
    Task Read(CancellationToken stop);
}
