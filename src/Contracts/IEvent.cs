namespace Stoa.Contracts;

/// <summary>Something that happened, as one service tells the others. It carries ids, amounts and states, never
/// an e-mail address, a name or a postal address (rule E8): who needs those asks their owner.</summary>
public interface IEvent
{
    /// <summary>The type on the wire: noun and past verb, lower case, such as <c>order.paid</c>.</summary>
    static abstract string Type { get; }

    /// <summary>The payload's version, from 1. Every version ever written stays readable (E7).</summary>
    static abstract int Version { get; }

    /// <summary>What the event is about; events of one subject take effect in order (E6).</summary>
    /// <returns>An id or a SKU; of a purchase always the order's id.</returns>
    string About();
}
