using Stoa.Faults.Scripts;
using Stoa.Launcher;

namespace Stoa.Faults.Tests;

public sealed class OptionTests
{
    [Fact]
    public void Every_script_of_the_folder_can_be_named()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Find().Root, "tests", "Faults", "Scripts"), "*.cs")
            .Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => name != nameof(IScript));

        Assert.Equal(files.Order(), FaultOptions.Scripts.Keys.Order());
        Assert.All(FaultOptions.Scripts, script => Assert.Equal(script.Key, script.Value(1).GetType().Name));
    }

    [Fact]
    public void Takes_a_script_in_any_case_with_its_time_and_seed()
    {
        var options = FaultOptions.Parse(["--script", "powercut", "--seconds", "5", "--seed", "7"]);

        Assert.Equal((nameof(PowerCut), 5, 7), (options.Script, options.Seconds, options.Seed));
    }

    [Theory]
    [InlineData("--script", "Nothing", "There is no script \"Nothing\".")]
    [InlineData("--seconds", "0", "--seconds takes a number from 1")]
    [InlineData("--seed", "x", "--seed takes a number from 0")]
    [InlineData("--speed", "9", "There is no option --speed.")]
    public void Refuses_what_it_does_not_know(string name, string value, string words) =>
        Assert.StartsWith(words, Assert.Throws<CannotGoOnException>(() => FaultOptions.Parse([name, value])).Message, StringComparison.Ordinal);
}
