#include "tb/unit/wave/recorded_run.hpp"

#include "tb/unit/clocked/random_calls.hpp"

namespace tessera::wave {
namespace {

using clocked::Call;

void note(Answers& answers, const mmu::Access& access, const mmu::Translation& response) {
  auto& port = access.kind == mmu::AccessKind::Fetch ? answers.fetches : answers.data;
  port.insert(response.done.value());
}

void perform(mmu::MmuEngine& engine, const Call& call, Answers& answers) {
  switch (call.kind) {
    case Call::Kind::Access:
      note(answers, call.access, engine.access(call.access));
      break;
    case Call::Kind::Pair: {
      const auto [fetch, data] = engine.access_pair(call.access, call.data);
      note(answers, call.access, fetch);
      note(answers, call.data, data);
      break;
    }
    case Call::Kind::Execute:
      answers.instructions.insert(engine.execute(call.instruction).done.value());
      break;
    case Call::Kind::Advance:
      engine.advance(call.duration);
      break;
  }
}

}  // namespace

const machine::EngineDescription& describe(const std::string& name) {
  return *std::find_if(machine::engines().begin(), machine::engines().end(),
                       [&](const auto& engine) { return engine.name == name; });
}

Answers run_recorded(const std::string& engine_name, const mmu::Core& core, const Wave& wave,
                     unsigned seed, std::uint64_t calls) {
  const machine::Recording recording = describe(engine_name).record(wave);
  Answers answers;
  {
    const auto engine = recording.make(core.parameters, core.timing, nullptr);
    clocked::RandomCalls random(core.parameters, seed);
    for (std::uint64_t i = 0; i < calls; ++i) {
      perform(*engine, random.next(), answers);
      if (i % 100 == 0) engine->advance(Cycles(50));
    }
    answers.counters = engine->counters();
    answers.end = engine->now().value();
    engine->valid_entries();
  }
  recording.wave->finish();
  return answers;
}

}  // namespace tessera::wave
