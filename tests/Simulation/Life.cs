using Microsoft.AspNetCore.Builder;

namespace Stoa.Simulation;

/// <summary>One run of a service, from its start to its death. What lies in its memory dies with it; its database stays.</summary>
internal sealed class Life(string name)
{
    private readonly Dictionary<int, Action> _open = [];
    private int _opened;

    public string Name => name;

    public Door Door { get; } = new();

    public WebApplication? App { get; set; }

    /// <summary>It answers from here on.</summary>
    public bool IsUp { get; set; }

    public bool IsDead { get; private set; }

    /// <summary>A request came in.</summary>
    /// <param name="broken">What its caller gets if we die over it.</param>
    public int Opens(Action broken)
    {
        _open[++_opened] = broken;
        return _opened;
    }

    /// <returns>False when it is dead: its answer does not leave.</returns>
    public bool Closes(int request) => _open.Remove(request) && !IsDead;

    public void Die()
    {
        IsDead = true;
        IsUp = false;
        foreach (var broken in _open.Values.ToList()) broken();
        _open.Clear();
    }
}

/// <summary>Code of a dead service tried to go on.</summary>
internal sealed class DeadException() : Exception("this run of the service is dead");
