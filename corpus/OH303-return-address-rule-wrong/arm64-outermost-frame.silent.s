// arch: arm64
// rule: OH303
// expect: silent
// flags: -O2
// why: _start has no caller: its return address is declared undefined

	.text
	.globl	_start
	.type	_start, %function
_start:
	.cfi_startproc
	.cfi_undefined	30
	mov	x29, #0
	mov	x30, #0
	mov	x0, sp
	bl	main_c
	brk	#0
	.cfi_endproc
	.size	_start, .-_start
