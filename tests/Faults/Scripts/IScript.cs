namespace Stoa.Faults.Scripts;

/// <summary>What is done to the store during a run, a file each; its name is the file's.</summary>
public interface IScript
{
    /// <summary>The service whose data folder lies on a small disk; null for none.</summary>
    string? SmallDisk => null;

    /// <summary>Whether there is nothing to play where no disk can be filled.</summary>
    bool NeedsSmallDisk => SmallDisk is not null;

    /// <summary>Plays until <see cref="Stage.IsOver"/>.</summary>
    Task Play(Stage stage);
}
