#include "tb/unit/cli/shell.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <sys/wait.h>

namespace tessera::cli {
namespace {

namespace fs = std::filesystem;

Finished run(const std::string& prefix, const std::string& arguments, const fs::path& folder) {
  const std::string command = "cd '" + folder.string() + "' && " + prefix + "'" + TESSERA_COMMAND +
                              "' " + arguments + " >.out 2>.err </dev/null";
  Finished finished;
  const int status = std::system(command.c_str());
  finished.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  finished.out = contents_of(folder / ".out");
  finished.err = contents_of(folder / ".err");
  fs::remove(folder / ".out");
  fs::remove(folder / ".err");
  return finished;
}

}  // namespace

Finished tessera(const std::string& arguments, const fs::path& folder) {
  return run("", arguments, folder);
}

Finished tessera_interrupted(const std::string& arguments, const fs::path& folder, double seconds) {
  // --foreground: one signal. Without it the whole group gets another, and a second Ctrl-C kills.
  return run("timeout --foreground --preserve-status --signal=INT " + std::to_string(seconds) + " ",
             arguments, folder);
}

Finished tessera_killed(const std::string& arguments, const fs::path& folder,
                        const std::string& file, unsigned replaced, double seconds) {
  // A minute at most: 6,000 looks of 10 ms.
  const std::string script =
      "file=$1 replaced=$2 seconds=$3; shift 3\n"
      "state() { stat -c %i.%y \"$file\" 2>/dev/null; }\n"
      "seen=$(state); \"$@\" & child=$!; count=0; looks=0\n"
      "while [ $count -lt $replaced ] && [ $looks -lt 6000 ] && kill -0 $child 2>/dev/null; do\n"
      "  sleep 0.01; looks=$((looks + 1)); now=$(state)\n"
      "  [ \"$now\" = \"$seen\" ] || { seen=$now; count=$((count + 1)); }\n"
      "done\n"
      "sleep $seconds; kill -KILL $child 2>/dev/null; wait $child 2>/dev/null\n";
  return run("sh -c '" + script + "' killer " + file + " " + std::to_string(replaced) + " " +
                 std::to_string(seconds) + " ",
             arguments, folder);
}

std::string contents_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_text(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

}  // namespace tessera::cli
