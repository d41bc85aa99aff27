# Writes OUTPUT: FOLDER/page.html with its style, the SCRIPTS (names, with commas between them) and
# Chart.js (CHART) in it. What was put in is never looked at again.
cmake_minimum_required(VERSION 3.25)

function(fill variable place text)
  if(text MATCHES "</[sS][cCtT]")
    message(FATAL_ERROR "${place} holds an end tag, which would end the element that it stands in")
  endif()
  string(FIND "${${variable}}" "${place}" at)
  string(LENGTH "${place}" length)
  math(EXPR rest "${at} + ${length}")
  string(SUBSTRING "${${variable}}" 0 ${at} before)
  string(SUBSTRING "${${variable}}" ${rest} -1 after)
  set(${variable} "${before}${text}${after}" PARENT_SCOPE)
endfunction()

file(READ ${FOLDER}/page.html page)
file(READ ${FOLDER}/style.css style)
file(READ ${CHART} chart)
set(script "")
string(REPLACE "," ";" names "${SCRIPTS}")
foreach(name ${names})
  file(READ ${FOLDER}/${name}.js text)
  string(APPEND script "${text}\n")
endforeach()

# From the end to the beginning, so that no place is looked for in what was put in.
fill(page "@SCRIPT@" "${script}")
fill(page "@CHART@" "${chart}")
fill(page "@STYLE@" "${style}")
file(WRITE ${OUTPUT} "${page}")
