#include <systemc>

/// Who has a main() of his own never gets here, but libsystemc has to be linked with one.
int sc_main(int /*argc*/, char* /*argv*/[]) { return 0; }  // NOLINT(modernize-avoid-c-arrays)
