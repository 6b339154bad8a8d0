#include "CTandemCodecs.h"
