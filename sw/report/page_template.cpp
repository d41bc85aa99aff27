#include "sw/report/page_template.hpp"

#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "sw/report/version.hpp"

// Defined by the linker around the pages that sw/report/assemble_page.cmake makes of
// sw/report/html.
extern "C" {
extern const char kReportPageBegin;
extern const char kReportPageEnd;
extern const char kSweepPageBegin;
extern const char kSweepPageEnd;
}

namespace tessera::report {
namespace {

using nlohmann::ordered_json;

std::string escaped_html(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

/// JSON that may stand in a <script> element: nothing in it ends that, or begins a comment. Bytes
/// that are no UTF-8 (of a file's name) are replaced.
std::string script_json(const ordered_json& json) {
  std::string result;
  for (const char c : json.dump(-1, ' ', false, ordered_json::error_handler_t::replace)) {
    if (c == '<' || c == '>' || c == '&') {
      result += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      result += c;
    }
  }
  return result;
}

/// The template with every place in it filled, each of which stands there once, in this order.
std::string filled(std::string_view page,
                   const std::vector<std::pair<std::string_view, std::string>>& places) {
  std::string result;
  for (const auto& [place, text] : places) {
    const std::size_t at = page.find(place);
    if (at == std::string_view::npos) throw std::logic_error("no place in the page's template");
    result.append(page.substr(0, at)).append(text);
    page.remove_prefix(at + place.size());
  }
  return result.append(page);
}

std::string_view template_of(Page page) {
  const bool sweep = page == Page::Sweep;
  const char* begin = sweep ? &kSweepPageBegin : &kReportPageBegin;
  const char* end = sweep ? &kSweepPageEnd : &kReportPageEnd;
  return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace

std::string filled_page(Page page, const std::string& title, const std::string& text,
                        const ordered_json& data) {
  return filled(template_of(page), {{"%%TITLE%%", escaped_html("tessera: " + title)},
                                    {"%%TEXT%%", escaped_html(text)},
                                    {"%%VERSION%%", kVersion},
                                    {"%%DATA%%", script_json(data)}});
}

}  // namespace tessera::report
