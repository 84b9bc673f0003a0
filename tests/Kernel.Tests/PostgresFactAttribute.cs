using System.Runtime.CompilerServices;
using Stoa.Kit;

namespace Stoa.Kernel.Tests;

/// <summary>A test of what only PostgreSQL does; <c>./stoa test</c> runs it there alone, by its trait.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = 0) : base(file, line)
    {
        Skip = "needs STOA_TEST_ENGINE=postgres";
        SkipType = typeof(TestPostgres);
        SkipUnless = nameof(TestPostgres.IsWanted);
    }
}
