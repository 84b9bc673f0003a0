using System.Globalization;

namespace Stoa.Bench;

/// <summary>What the store's processes have been asked and have made durable, as they tell at <c>/metrics</c>.</summary>
/// <param name="Calls">HTTP requests that any of them answered: one that the Gateway passes on counts twice.</param>
/// <param name="Commits">To any of their databases; on SQLite one commit holds the work of several requests.</param>
internal readonly record struct Traffic(double Calls, double Commits)
{
    /// <param name="told">In Prometheus' text format.</param>
    public static Traffic Read(IReadOnlyList<string> told) => new(Sum(told, "http_server_request_duration_seconds_count"), Sum(told, "stoa_database_commits_total"));

    public static Traffic operator -(Traffic later, Traffic earlier) => new(later.Calls - earlier.Calls, later.Commits - earlier.Commits);

    private static double Sum(IEnumerable<string> told, string name) => told.SelectMany(text => text.Split('\n'))
        .Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Sum(line => double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));
}
