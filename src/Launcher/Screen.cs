using Spectre.Console;

namespace Stoa.Launcher;

/// <summary>Where no person looks (a pipe, a file, NO_COLOR), text is text: no colours, and no lines broken at 80 characters.</summary>
public static class Screen
{
    private const int Wide = 1000;

    public static void Prepare()
    {
        if (!Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null) return;
        AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = Wide;
    }

    /// <summary>A line that moves where there is a person to look at it, and lines where there is a log.</summary>
    public static Task Progress(string what, Func<Action<string>, Task> work) =>
        AnsiConsole.Status().StartAsync(what + "…", status => work(detail => status.Status(Markup.Escape($"{what}: {detail}"))));
}
