namespace Stoa.Backoffice;

/// <summary>Pictures chosen on a product's page become pictures of the store. One that Products does not take is named; the
/// others stand in the form from then on, also when it is not saved yet.</summary>
public static class AddPictures
{
    /// <summary>Of a whole form: several pictures at once, and the words. Each picture has a limit of its own, at Products.</summary>
    public const long MostBytes = 10 << 20;

    public static async Task<ProductForm> To(ProductForm form, IFormFileCollection files, OfficeApi api, CancellationToken stop)
    {
        foreach (var file in files.Where(file => file.Length > 0))
        {
            var answer = await api.AddPicture(file, stop);
            form = answer is { Ok: true, Value: { } added } ? form.WithPicture(added.Url) : form.WithError("images", $"{Path.GetFileName(file.FileName)}: {Why(answer)}");
        }

        return form;
    }

    private static string Why(ApiAnswer<AddedPicture> answer) => answer switch
    {
        { Status: 401 } => throw new PartDownException("The catalogue", 401),
        { Status: 413 } => "a picture has at most 1 MiB.",
        { Status: 415 } => "this is no PNG, JPEG, WebP or SVG picture, whatever its name says.",
        { Code: "validation", Refusal.Errors: { } errors } => $"the picture {string.Join(", and ", errors.SelectMany(error => error.Value))}.",
        _ => "it could not be stored just now. Choose it again.",
    };
}
