#ifndef SONDE_H
#define SONDE_H
#include <stdint.h>
#endif
