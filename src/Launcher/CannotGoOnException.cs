namespace Stoa.Launcher;

/// <summary>
/// Ends a command with one sentence for the person who typed it and a non-zero exit. Program catches it, nobody else.
/// </summary>
public sealed class CannotGoOnException(string sentence) : Exception(sentence);
