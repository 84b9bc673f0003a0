using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Stoa.Kernel;

/// <summary>Who may call a route; a route that says nothing is public.</summary>
public static class Routes
{
    internal const string Buyers = "buyers";
    internal const string Customers = "customers";
    internal const string Staff = "staff";
    internal const string Admins = "admins";
    internal const string Services = "services";

    /// <summary>Anybody with a token, guests too.</summary>
    public static TBuilder ForBuyers<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder => route.RequireAuthorization(Buyers);

    /// <summary>Whoever is signed in.</summary>
    public static TBuilder ForCustomers<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder => route.RequireAuthorization(Customers);

    /// <summary>Staff and admins.</summary>
    public static TBuilder ForStaff<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder => route.RequireAuthorization(Staff);

    /// <summary>Admins alone.</summary>
    public static TBuilder ForAdmins<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder => route.RequireAuthorization(Admins);

    /// <summary>The store's own services, under <c>/internal</c>; not part of the published document.</summary>
    public static RouteHandlerBuilder ForServices(this RouteHandlerBuilder route) => route.RequireAuthorization(Services).ExcludeFromDescription();

    /// <summary>One of the store's own services alone, where its word opens more than the others need.</summary>
    public static RouteHandlerBuilder ForService(this RouteHandlerBuilder route, string name) =>
        route.ForServices().RequireAuthorization(policy => policy.RequireClaim("service", name));

    /// <summary>The route keeps its own time instead of the request's deadline (P6): feeds and imports.</summary>
    public static TBuilder KeepsOwnTime<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder => route.WithMetadata(KeepsItsOwnTime.Mark);

    /// <summary>Takes bodies up to a size other than the default of 256 KiB.</summary>
    public static RouteHandlerBuilder TakesUpTo(this RouteHandlerBuilder route, long bytes) => route.WithMetadata(new BodyLimit(bytes));

    private sealed record BodyLimit(long Bytes) : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => Bytes;
    }
}
