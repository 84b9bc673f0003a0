namespace Stoa.Orders;

/// <summary>The number that people read and say: <c>S-</c> and ten characters of Crockford's base 32 (no I, L, O, U). It is
/// random, so that it tells nobody how many orders there are, and no neighbour's number can be guessed.</summary>
public static class OrderNumber
{
    /// <summary>How many random bytes one takes.</summary>
    public const int Bytes = 10;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <param name="random">As many as <see cref="Bytes"/>; five bits of each are used.</param>
    public static string Of(byte[] random) => "S-" + string.Concat(random.Select(value => Alphabet[value & 31]));
}
