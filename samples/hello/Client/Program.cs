// Calls both services and prints what they say.
using var http = new HttpClient();
Console.WriteLine(await http.GetStringAsync(new Uri("http://localhost:8000/greet")));
Console.WriteLine(await http.GetStringAsync(new Uri("http://localhost:8001/farewell")));
