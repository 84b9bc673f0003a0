using Stoa.Kernel;

namespace Stoa.Inventory;

/// <summary>Why on hand changed, and by how much.</summary>
/// <param name="CauseId">The order; of an adjustment its own id; of opening stock the product.</param>
/// <param name="Sku">The SKU.</param>
/// <param name="Kind"><c>adjustment</c>, <c>sale</c> or <c>return</c>.</param>
/// <param name="Quantity">What on hand grew by; negative when goods left.</param>
/// <param name="Reason">What staff said; null for orders.</param>
/// <param name="MadeBy">The staff member; null for orders.</param>
/// <param name="OnHandAfter">What an adjustment left on hand; null for orders.</param>
public sealed record Movement(Guid CauseId, string Sku, string Kind, long Quantity, string? Reason = null, Guid? MadeBy = null, long? OnHandAfter = null)
{
    /// <summary>Writes the row. The caller moves <c>stock</c> in the same transaction, if this was new (P5).</summary>
    /// <returns>False when the movement had been written before.</returns>
    public static async Task<bool> Add(Movement movement, Transaction tx) => await tx.Execute("""
        INSERT INTO movements (cause_id, sku, kind, quantity, reason, made_by, on_hand_after, at)
        VALUES (@CauseId, @Sku, @Kind, @Quantity, @Reason, @MadeBy, @OnHandAfter, @Now) ON CONFLICT DO NOTHING
        """, new { movement.CauseId, movement.Sku, movement.Kind, movement.Quantity, movement.Reason, movement.MadeBy, movement.OnHandAfter, tx.Now }) == 1;
}
