using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stoa.Bare;

// What the machine can do with nothing in the way: the limits that the store is measured against, in the same run.
//   endpoint                300 bytes of JSON
//   proxy   To=URL,URL,…    one YARP hop: /0/… to the first, /1/… to the second
//   worker  Number Database Others=URL,URL,…   one service of the skeleton; Database is a file, or Host=… of PostgreSQL
var host = WebApplication.CreateSlimBuilder(args);
host.Logging.ClearProviders();
host.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
var mode = host.Configuration["Mode"];
if (mode == "proxy") Proxy.Add(host);
if (mode == "worker") Worker.Add(host);

var app = host.Build();
app.MapGet("/health/ready", () => "ready");
if (mode == "endpoint") SmallJson.Map(app);
if (mode == "proxy") app.MapReverseProxy();
if (mode == "worker") Worker.Map(app);
await EndWithParent.Run(app);
