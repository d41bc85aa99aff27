#include "sw/report/result_file.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "sw/report/text_table.hpp"

namespace tessera::report {
namespace {

using nlohmann::ordered_json;

/// The value of this key, or an empty text.
std::string text_at(const ordered_json& config, const char* key) {
  const auto found = config.find(key);
  return found == config.end() ? "" : value_text(*found);
}

std::vector<std::string> keys_of(const std::vector<ResultFile>& files) {
  std::vector<std::string> keys;
  for (const ResultFile& file : files) {
    for (const auto& [key, value] : file.document["config"].items()) {
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
    }
  }
  return keys;
}

}  // namespace

std::string value_text(const ordered_json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

Subject subject_of(const ordered_json& document) {
  const ordered_json& config = document["config"];
  const std::string workload = text_at(config, "workload");
  // Only the workload that plays streams has one.
  const std::string stream = workload == "window" ? text_at(config, "stream") : "";
  Subject subject;
  subject.title = stream.empty() ? workload : fmt::format("{}: {}", workload, stream);
  const auto pages = config.find("window_pages");
  if (pages != config.end() && pages->is_number_unsigned()) {
    subject.title +=
        fmt::format(" through {} KiB of window", grouped(pages->get<std::uint64_t>() * 4));
  }
  for (const char* key : {"core", "walker", "kernel", "pte", "engine"}) {
    const std::string value = text_at(config, key);
    if (!value.empty()) subject.chips.push_back(fmt::format("{} {}", key, value));
  }
  subject.chips.push_back(fmt::format("kernel costs {}", value_text(document["kernel_costs"])));
  subject.chips.push_back(fmt::format("seed {}", value_text(document["seed"])));
  return subject;
}

std::vector<std::vector<std::string>> differing_parameters(const std::vector<ResultFile>& files) {
  std::vector<std::vector<std::string>> rows;
  for (const std::string& key : keys_of(files)) {
    std::vector<std::string> row{key};
    for (const ResultFile& file : files) {
      const std::string value = text_at(file.document["config"], key.c_str());
      row.push_back(value.empty() ? "-" : value);
    }
    if (!std::equal(row.begin() + 2, row.end(), row.begin() + 1)) rows.push_back(row);
  }
  return rows;
}

}  // namespace tessera::report
