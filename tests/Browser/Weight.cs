namespace Stoa.Browser;

/// <summary>What the front costs a phone on a slow line.</summary>
public class Weight(RunningShop shop)
{
    private const int MostBytes = 150 * 1024; // without pictures
    private const int MostScript = 20 * 1024;

    [Fact]
    public async Task Of_the_front_over_the_wire_is_small()
    {
        await using var visitor = await shop.NewVisitor(390, scripts: true);
        var loaded = new List<Microsoft.Playwright.IRequest>();
        visitor.Page.RequestFinished += (_, request) => loaded.Add(request);
        await visitor.Page.GotoAsync("/", new() { WaitUntil = Microsoft.Playwright.WaitUntilState.NetworkIdle });
        var (bytes, script) = (0, 0);
        foreach (var request in loaded.ToArray())
        {
            var sizes = await request.SizesAsync();
            var size = sizes.ResponseHeadersSize + sizes.ResponseBodySize;
            if (request.ResourceType is not "image") bytes += size;
            if (request.ResourceType is "script") script += size;
        }

        Assert.InRange(bytes, 1024, MostBytes);
        Assert.InRange(script, 0, MostScript);
        TestContext.Current.TestOutputHelper?.WriteLine($"{bytes} bytes without pictures, {script} of them script");
    }
}
