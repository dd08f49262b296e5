// arch: arm64
// rule: OH101
// expect: suspect OH101 f+0x14
// expect: unproved unreachable-end f
// flags: -O2 -fstack-protector-all
// source: aarch64 gcc-12 -O2 -fstack-protector-all, int f(int a) { a *= 3; } in C++
// why: what is left of a body that is not reached is its prologue; it ends by wiping the register that held the stack
//   protector's secret, which is no result

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	adrp	x0, :got:__stack_chk_guard
	ldr	x0, [x0, :got_lo12:__stack_chk_guard]
	sub	sp, sp, #16
	.cfi_def_cfa_offset	16
	ldr	x1, [x0]
	str	x1, [sp, 8]
	mov	x1, 0
	.cfi_endproc
	.size	f, .-f
