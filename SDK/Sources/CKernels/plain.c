#define SONDE_KERNELS_NAME sonde_kernels_plain
#define SONDE_KERNELS_LANES 4
#include "loops/table.h"
