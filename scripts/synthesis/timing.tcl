# For OpenSTA, after `set liberty`, `set netlist`, `set top`, `set driver`, `set load_pf`,
# `set period`: reports the longest path of a netlist between any two of its pins and flops.
read_liberty $liberty
read_verilog $netlist
link_design $top

# A block without flops has no clock pin: its clock is one for the pins alone.
set clock_pin [get_ports -quiet clk_i]
if {[llength $clock_pin]} {
  create_clock -name clk -period $period $clock_pin
} else {
  create_clock -name clk -period $period
}
foreach pin [all_inputs] {
  if {[get_name $pin] != "clk_i"} {
    set_input_delay 0 -clock clk $pin
    set_driving_cell -lib_cell $driver $pin
  }
}
set_output_delay 0 -clock clk [all_outputs]
set_load $load_pf [all_outputs]
report_checks -path_delay max -digits 3
