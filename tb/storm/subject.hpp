#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace tessera::storm {

/// What a parametrised test runs on.
struct Subject {
  std::string_view kernel;
  const char* core;
};

/// "3_8_e500mc", for the name of the test.
inline std::string text_of(const ::testing::TestParamInfo<Subject>& subject) {
  std::string text = std::string(subject.param.kernel) + "_" + subject.param.core;
  std::replace(text.begin(), text.end(), '.', '_');
  return text;
}

}  // namespace tessera::storm
