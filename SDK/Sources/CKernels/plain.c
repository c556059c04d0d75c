#define SONDE_KERNELS_NAME sonde_kernels_plain
#include "loops/table.h"
