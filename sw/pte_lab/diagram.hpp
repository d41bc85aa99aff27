#pragma once

#include <string>
#include <vector>

#include "model/pte/layout.hpp"

namespace tessera::pte_lab {

/// Some bits of a form, and what they are.
struct Segment {
  char letter = '?';  ///< stands for them in the terminal's diagram
  std::string name;
  pte::Raw mask = 0;
};

/// One of the forms that an entry has: present, PROT_NONE, file, swap.
struct Form {
  std::string name;
  std::vector<Segment> segments;
};

/// Every form of the format, and as two more what the none test ignores and what emptying keeps.
std::vector<Form> forms_of(const pte::Layout& layout);

/// The format in words and as one row of letters a form, a letter a bit.
std::string text_diagram(const pte::Layout& layout);

/// The same as a picture for documents.
std::string svg_diagram(const pte::Layout& layout);

}  // namespace tessera::pte_lab
