# Targets wayseal::device (shared), wayseal::device_static and wayseal::core (sealing and opening alone). Link core or device, not both.
get_filename_component(_wayseal_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
find_package(Threads REQUIRED)
foreach(_wayseal_target device device_static core)
  if(NOT TARGET wayseal::${_wayseal_target})
    if(_wayseal_target STREQUAL "device")
      add_library(wayseal::device SHARED IMPORTED)
      set(_wayseal_file libwayseal_device.so)
    elseif(_wayseal_target STREQUAL "device_static")
      add_library(wayseal::device_static STATIC IMPORTED)
      set(_wayseal_file libwayseal_device.a)
    else()
      add_library(wayseal::core STATIC IMPORTED)
      set(_wayseal_file libwayseal.a)
    endif()
    set_target_properties(wayseal::${_wayseal_target} PROPERTIES
      IMPORTED_LOCATION "${_wayseal_prefix}/lib/${_wayseal_file}"
      IMPORTED_NO_SONAME TRUE
      INTERFACE_INCLUDE_DIRECTORIES "${_wayseal_prefix}/include")
  endif()
endforeach()
set_property(TARGET wayseal::device_static PROPERTY INTERFACE_LINK_LIBRARIES Threads::Threads ${CMAKE_DL_LIBS} m)
