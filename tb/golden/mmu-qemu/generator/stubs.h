#pragma once

/// The instructions under test, each a piece of code to run() (stubs.S).

extern const char stub_load[], stub_store[], stub_load_external[], stub_store_external[];
extern const char stub_tlbwe[], stub_tlbre[], stub_tlbsx[], stub_tlbivax[];
extern const char stub_tlbilx_all[], stub_tlbilx_pid[], stub_tlbilx_va[], stub_flash[];
extern const char stub_dcbz[], stub_dcbst[], stub_dcbf[], stub_icbi[], stub_dcbt[], stub_dcbtst[];
extern const char stub_dcba[], stub_dcbi[], stub_lwarx[], stub_stwcx[], stub_lbz[];
extern const char stub_load_crossing[];
