using Stoa.Draw;

// Draws every picture of the catalogue into catalogue/pictures: dotnet run --project catalogue/draw
var folder = Path.GetFullPath(args.Length > 0 ? args[0] : "catalogue/pictures");
if (!Directory.Exists(folder))
{
    Console.Error.WriteLine($"There is no folder {folder}. Run this at the root of the repository, or name the folder.");
    return 1;
}

IEnumerable<Picture>[] shelves = [Kitchen.Draw(), Table.Draw(), Textiles.Draw(), Light.Draw(), Garden.Draw(), Desk.Draw(), Bath.Draw(), Travel.Draw(), Play.Draw()];
var count = 0;
foreach (var picture in shelves.SelectMany(shelf => shelf))
{
    File.WriteAllText(Path.Combine(folder, picture.Name + ".svg"), picture.ToString());
    count++;
}

Console.WriteLine($"{count} pictures drawn into {folder}.");
return 0;
