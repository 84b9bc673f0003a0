namespace Stoa.Simulation;

/// <summary>The store's clock: it stands still while anybody works, then jumps to the next thing that is due.</summary>
internal sealed class Timeline : TimeProvider
{
    private readonly PriorityQueue<Due, (long At, long Order)> _due = new();
    private long _now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).Ticks;
    private long _order;

    public override DateTimeOffset GetUtcNow() => new(_now, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now;

    /// <summary>Does something later.</summary>
    public Due After(TimeSpan wait, Action act)
    {
        var due = new Due(act);
        _due.Enqueue(due, (_now + Math.Max(0, wait.Ticks), _order++));
        return due;
    }

    /// <summary>Goes to the next thing that is due and does it.</summary>
    /// <returns>False when nothing ever will be.</returns>
    public bool Step()
    {
        while (_due.TryDequeue(out var next, out var when))
        {
            if (next.Cancelled) continue;
            if (when.At > _now) _now = when.At; // after a jump what is overdue is done at once, in its order
            next.Act();
            return true;
        }

        return false;
    }

    /// <summary>Sets the clock forward, as a machine that was asleep does.</summary>
    public void Jump(TimeSpan by) => _now += by.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Alarm(this, () => callback(state), dueTime, period);

    /// <summary>Something to be done unless it is called off.</summary>
    internal sealed class Due(Action act)
    {
        public bool Cancelled { get; set; }

        public void Act() => act();
    }

    private sealed class Alarm : ITimer
    {
        private readonly Timeline _timeline;
        private readonly Action _ring;
        private TimeSpan _period;
        private Due? _next;

        public Alarm(Timeline timeline, Action ring, TimeSpan dueTime, TimeSpan period)
        {
            (_timeline, _ring) = (timeline, ring);
            Change(dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_next is not null) _next.Cancelled = true;
            (_period, _next) = (period, dueTime == Timeout.InfiniteTimeSpan ? null : _timeline.After(dueTime, Ring));
            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Ring()
        {
            _next = _period > TimeSpan.Zero ? _timeline.After(_period, Ring) : null;
            _ring();
        }
    }
}

/// <summary>The clock of one run of a service: its alarms die with it.</summary>
internal sealed class MortalClock(Timeline timeline, Func<bool> isDead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => timeline.GetUtcNow();

    public override long TimestampFrequency => timeline.TimestampFrequency;

    public override long GetTimestamp() => timeline.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        timeline.CreateTimer(one => { if (!isDead()) callback(one); }, state, dueTime, period);
}
