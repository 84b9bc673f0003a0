// The simulation: all services in one process, over a network, a clock and a provider that are the seed's to command.
//
//     ./stoa simulate --seeds 500                 seeds 1 to 500
//     ./stoa simulate --seeds 1 --seed 17 --trace one seed, with every decision
//
// A seed that breaks an invariant breaks it each time: run it with --trace and read what happened.
using Stoa.Simulation;

return Command.Run(args);
