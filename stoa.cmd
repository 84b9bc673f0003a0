@echo off
rem Builds the Launcher (seconds, and nothing when nothing changed) and runs it.
setlocal
where dotnet >nul 2>nul || (echo Stoa needs the .NET 10 SDK, and there is no dotnet on the PATH. See https://dotnet.microsoft.com/download. 1>&2 & exit /b 1)
pushd "%~dp0"
dotnet --version >nul 2>nul || (popd & echo Stoa needs the .NET SDK 10.0.100 or newer. 1>&2 & exit /b 1)
set stale=1
for /f %%s in ('powershell -NoProfile -Command "$built = Get-Item artifacts\bin\Launcher\release\Launcher.dll -ErrorAction Ignore; $newest = Get-ChildItem src\Launcher, src\Supervision, src\Audit, src\Contracts -Recurse -File | Sort-Object LastWriteTime | Select-Object -Last 1; if ($built -and $built.LastWriteTime -ge $newest.LastWriteTime) { 0 } else { 1 }"') do set stale=%%s
if "%stale%"=="1" (
  dotnet build src\Launcher -c Release -v quiet --nologo || (popd & echo The Launcher could not be built. 1>&2 & exit /b 1)
)
popd
dotnet "%~dp0artifacts\bin\Launcher\release\Launcher.dll" %*
exit /b %errorlevel%
