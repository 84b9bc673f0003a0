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
}
