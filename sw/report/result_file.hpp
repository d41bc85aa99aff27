#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "sw/report/report.hpp"

namespace tessera::report {

/// A result and what is known of it besides.
struct ResultFile {
  std::string name;                 ///< what people are to know it by: the file's name
  nlohmann::ordered_json document;  ///< of the present version (parse_document)
  std::string command;              ///< runs it again; empty if there is no such command
  nlohmann::ordered_json meanings;  ///< of parameters, by key: one line each
};

/// What was simulated, in few words: the workload and its window; then core, kernel and so on.
struct Subject {
  std::string title;
  std::vector<std::string> chips;
};
Subject subject_of(const nlohmann::ordered_json& document);

/// The parameters that are not the same in all files: [key, value in each file]; "-" where a file
/// has none.
std::vector<std::vector<std::string>> differing_parameters(const std::vector<ResultFile>& files);

/// A value of a configuration as it is written on a command line.
std::string value_text(const nlohmann::ordered_json& value);

}  // namespace tessera::report
