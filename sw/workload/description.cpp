#include "sw/workload/description.hpp"

#include <algorithm>
#include <stdexcept>

namespace tessera::workload {
namespace {

template <class Type>
const Type& value_as(const Value& value, std::string_view key) {
  if (const Type* typed = std::get_if<Type>(&value)) return *typed;
  throw std::logic_error("a parameter of another kind: " + std::string(key));
}

}  // namespace

std::uint64_t Values::number(std::string_view key) const {
  return value_as<std::uint64_t>(value(key), key);
}

double Values::real(std::string_view key) const { return value_as<double>(value(key), key); }

const std::string& Values::text(std::string_view key) const {
  return value_as<std::string>(value(key), key);
}

std::shared_ptr<const BlockStream> Values::stream(std::string_view key) const {
  return streams_.stream(text(key));
}

const Value& Values::value(std::string_view key) const {
  const Parameter* parameter = parameter_of(workload_, key);
  if (parameter == nullptr) {
    throw std::logic_error(workload_.name + " has no parameter " + std::string(key));
  }
  const auto chosen = choices_.find(key);
  return chosen == choices_.end() ? parameter->initial : chosen->second;
}

const Parameter* parameter_of(const Description& workload, std::string_view key) {
  const auto found = std::find_if(workload.parameters.begin(), workload.parameters.end(),
                                  [&](const Parameter& parameter) { return parameter.key == key; });
  return found == workload.parameters.end() ? nullptr : &*found;
}

}  // namespace tessera::workload
