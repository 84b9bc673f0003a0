namespace Stoa.Kit;

/// <summary>A clock that a test moves. Timers that fall due run on the mover's thread, in order.</summary>
public sealed class ManualClock : TimeProvider
{
    private readonly Lock _turn = new();
    private readonly List<Alarm> _alarms = [];
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_turn) return _now;
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, callback, state);
        alarm.Change(dueTime, period);
        return alarm;
    }

    /// <summary>Moves the time and runs what falls due on the way.</summary>
    public void Advance(TimeSpan by)
    {
        DateTimeOffset until;
        lock (_turn) until = _now + by;
        while (NextDue(until) is { } alarm) alarm.Ring();
        lock (_turn)
        {
            if (until > _now) _now = until; // another thread may have moved it further meanwhile
        }
    }

    private Alarm? NextDue(DateTimeOffset until)
    {
        lock (_turn)
        {
            var next = _alarms.Where(alarm => alarm.Due <= until).MinBy(alarm => alarm.Due);
            if (next is null) return null;
            if (next.Due > _now) _now = next.Due;
            next.Reschedule();
            return next;
        }
    }

    private sealed class Alarm(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._turn)
            {
                clock._alarms.Remove(this);
                _period = period;
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Due = clock._now + dueTime;
                clock._alarms.Add(this);
                if (dueTime > TimeSpan.Zero) return true;
            }

            ThreadPool.QueueUserWorkItem(_ => clock.Advance(TimeSpan.Zero));
            return true;
        }

        public void Reschedule()
        {
            if (_period > TimeSpan.Zero) Due += _period;
            else clock._alarms.Remove(this);
        }

        public void Ring() => callback(state);

        public void Dispose()
        {
            lock (clock._turn) clock._alarms.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
