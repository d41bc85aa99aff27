#include "sw/report/schema.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>

#include <fmt/core.h>

namespace tessera::report {
namespace {

using nlohmann::ordered_json;

/// JSON Schema 2020-12, the part of it that docs/schema uses. Every rule returns what is wrong, or
/// an empty text; a rule about objects has nothing to say of numbers, and so on.
class Validator {
 public:
  explicit Validator(const ordered_json& root) : root_(root) {}

  std::string check(const ordered_json& value, const ordered_json& schema,
                    const std::string& where) const {
    for (const auto& [word, rule] : schema.items()) {
      std::string wrong = apply(word, value, rule, schema, where);
      if (!wrong.empty()) return wrong;
    }
    return {};
  }

 private:
  std::string apply(const std::string& word, const ordered_json& value, const ordered_json& rule,
                    const ordered_json& schema, const std::string& where) const {
    if (word == "$ref") return check(value, referred(rule.get<std::string>()), where);
    if (word == "type") return check_type(value, rule, where);
    if (word == "const") return check_one_of(value, ordered_json::array({rule}), where);
    if (word == "enum") return check_one_of(value, rule, where);
    if (word == "minimum") return check_minimum(value, rule, where);
    if (word == "required") return check_required(value, rule, where);
    if (word == "properties") return check_properties(value, rule, where);
    if (word == "additionalProperties") return check_others(value, rule, schema, where);
    if (word == "items") return check_items(value, rule, where);
    if (word == "minItems" || word == "maxItems") return check_size(word, value, rule, where);
    static constexpr std::array<std::string_view, 4> kNoRules{"$schema", "$defs", "title",
                                                              "description"};
    if (std::find(kNoRules.begin(), kNoRules.end(), word) == kNoRules.end()) {
      throw std::logic_error("a JSON Schema with the word " + word);
    }
    return {};
  }

  const ordered_json& referred(const std::string& reference) const {
    return root_.at(ordered_json::json_pointer(reference.substr(1)));
  }

  static std::string wrong(const std::string& where, const std::string& what) {
    return fmt::format("{}: {}", where.empty() ? "the document" : where, what);
  }

  static bool is_a(const ordered_json& value, const std::string& type) {
    return type == "integer" ? value.is_number_integer() : value.type_name() == type;
  }

  static std::string check_type(const ordered_json& value, const ordered_json& rule,
                                const std::string& where) {
    const ordered_json types = rule.is_array() ? rule : ordered_json::array({rule});
    std::string names;
    for (const auto& type : types) {
      const auto name = type.get<std::string>();
      if (is_a(value, name)) return {};
      names += (names.empty() ? "" : " or ") + name;
    }
    return wrong(where, fmt::format("has to be of type {}", names));
  }

  static std::string check_one_of(const ordered_json& value, const ordered_json& allowed,
                                  const std::string& where) {
    if (std::find(allowed.begin(), allowed.end(), value) != allowed.end()) return {};
    std::string names;
    for (const auto& one : allowed) {
      names += (names.empty() ? "" : " or ") + one.dump();
    }
    return wrong(where, "has to be " + names);
  }

  static std::string check_minimum(const ordered_json& value, const ordered_json& rule,
                                   const std::string& where) {
    if (!value.is_number() || value >= rule) return {};
    return wrong(where, "has to be at least " + rule.dump());
  }

  static std::string check_required(const ordered_json& value, const ordered_json& rule,
                                    const std::string& where) {
    if (!value.is_object()) return {};
    for (const auto& name : rule) {
      if (!value.contains(name.get<std::string>())) {
        return wrong(where, fmt::format("there is no member '{}'", name.get<std::string>()));
      }
    }
    return {};
  }

  std::string check_properties(const ordered_json& value, const ordered_json& rule,
                               const std::string& where) const {
    if (!value.is_object()) return {};
    for (const auto& [name, schema] : rule.items()) {
      const auto member = value.find(name);
      if (member == value.end()) continue;
      std::string found = check(*member, schema, inside(where, name));
      if (!found.empty()) return found;
    }
    return {};
  }

  std::string check_others(const ordered_json& value, const ordered_json& rule,
                           const ordered_json& schema, const std::string& where) const {
    if (!value.is_object()) return {};
    const auto named = schema.find("properties");
    for (const auto& [name, member] : value.items()) {
      if (named != schema.end() && named->contains(name)) continue;
      if (rule.is_boolean()) {
        if (rule.get<bool>()) continue;
        return wrong(where, fmt::format("there must be no member '{}'", name));
      }
      std::string found = check(member, rule, inside(where, name));
      if (!found.empty()) return found;
    }
    return {};
  }

  std::string check_items(const ordered_json& value, const ordered_json& rule,
                          const std::string& where) const {
    if (!value.is_array()) return {};
    for (std::size_t i = 0; i < value.size(); ++i) {
      std::string found = check(value[i], rule, fmt::format("{}[{}]", where, i));
      if (!found.empty()) return found;
    }
    return {};
  }

  static std::string check_size(const std::string& word, const ordered_json& value,
                                const ordered_json& rule, const std::string& where) {
    if (!value.is_array()) return {};
    const bool at_least = word == "minItems";
    const auto limit = rule.get<std::size_t>();
    if (at_least ? value.size() >= limit : value.size() <= limit) return {};
    return wrong(
        where, fmt::format("has to have {} {} elements", at_least ? "at least" : "at most", limit));
  }

  static std::string inside(const std::string& where, const std::string& name) {
    return where.empty() ? name : fmt::format("{}.{}", where, name);
  }

  const ordered_json& root_;
};

}  // namespace

std::string schema_violation(const ordered_json& document, const ordered_json& schema) {
  return Validator(schema).check(document, schema, "");
}

}  // namespace tessera::report
