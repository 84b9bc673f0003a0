namespace Stoa.Backoffice;

/// <summary>Ends the session here, and at Users as far as it answers.</summary>
public static class LogOut
{
    public static async Task<IResult> Handle(OfficeApi api, Session session, CancellationToken stop)
    {
        if (session.Exists) await api.LogOut(stop);
        session.End();
        return Show.Next(Office.Path + "/login");
    }
}
