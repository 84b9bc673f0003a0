using Stoa.Contracts;

namespace Stoa.Repository.Tests;

/// <summary>No fraction travels between services: money is a whole number of minor units.</summary>
public class MoneyTests
{
    private static readonly Type[] Fractions = [typeof(float), typeof(double), typeof(decimal), typeof(Half)];

    public static TheoryData<Type> Contracts => [.. typeof(Money).Assembly.GetExportedTypes()];

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Holds_no_number_with_a_fraction(Type contract)
    {
        var fractions = contract.GetProperties().Where(property => Parts(property.PropertyType).Any(Fractions.Contains));

        Assert.Empty(fractions);
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.GetElementType() is { } element ? Parts(element) : [type, .. type.GetGenericArguments().SelectMany(Parts)];
}
